package io.stagedoor.proxy.assertion;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;

/**
 * Finds the public key of a private one, which the Java runtime cannot: the base point times the
 * private number (SEC 1, section 3.2.1). Done once for a key, when it is read; not in constant time.
 */
final class PublicPart {

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final BigInteger prime;
    private final BigInteger a;

    private PublicPart(EllipticCurve curve) {
        this.prime = ((ECFieldFp) curve.getField()).getP();
        this.a = curve.getA();
    }

    static ECPublicKey of(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec parameters = key.getParams();
        ECPoint point =
                new PublicPart(parameters.getCurve()).times(key.getS(), parameters.getGenerator());
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    }

    private ECPoint times(BigInteger number, ECPoint base) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
            sum = plus(sum, sum);
            sum = number.testBit(bit) ? plus(sum, base) : sum;
        }
        return sum;
    }

    private ECPoint plus(ECPoint one, ECPoint other) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        boolean sameX = one.getAffineX().equals(other.getAffineX());
        if (sameX && !one.equals(other)) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = sameX ? tangent(one) : chord(one, other);
        BigInteger x =
                slope.pow(2).subtract(one.getAffineX()).subtract(other.getAffineX()).mod(prime);
        BigInteger y =
                slope.multiply(one.getAffineX().subtract(x)).subtract(one.getAffineY()).mod(prime);
        return new ECPoint(x, y);
    }

    private BigInteger tangent(ECPoint point) {
        return THREE.multiply(point.getAffineX().pow(2))
                .add(a)
                .multiply(TWO.multiply(point.getAffineY()).modInverse(prime));
    }

    private BigInteger chord(ECPoint one, ECPoint other) {
        return other.getAffineY()
                .subtract(one.getAffineY())
                .multiply(
                        other.getAffineX().subtract(one.getAffineX()).mod(prime).modInverse(prime));
    }
}
