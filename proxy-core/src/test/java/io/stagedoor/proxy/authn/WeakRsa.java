package io.stagedoor.proxy.authn;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;
import java.util.stream.IntStream;

/** RSA keys of 2,048 bits that sign well and can be broken. */
final class WeakRsa {

    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final int PRIME_BITS = 1024;
    private static final int LARGEST_PRIME_OF_THE_PRIMORIAL = 701;

    private WeakRsa() {}

    /**
     * Makes a key as the library of CVE-2017-15361 did: both primes are a multiple of a primorial plus
     * a power of 65537 modulo that primorial.
     */
    static KeyPair roca() {
        Random random = new Random(17);
        BigInteger primorial =
                IntStream.rangeClosed(2, LARGEST_PRIME_OF_THE_PRIMORIAL)
                        .mapToObj(BigInteger::valueOf)
                        .filter(number -> number.isProbablePrime(32))
                        .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger first = rocaPrime(primorial, random);
        BigInteger second = rocaPrime(primorial, random);
        return pair(first.multiply(second), first, second);
    }

    private static BigInteger rocaPrime(BigInteger primorial, Random random) {
        while (true) {
            BigInteger power = F4.modPow(new BigInteger(64, random), primorial);
            BigInteger high =
                    BigInteger.valueOf(3)
                            .shiftLeft(PRIME_BITS - 2)
                            .add(new BigInteger(PRIME_BITS - 3, random));
            BigInteger candidate = high.divide(primorial).multiply(primorial).add(power);
            if (candidate.bitLength() == PRIME_BITS
                    && candidate.testBit(PRIME_BITS - 2)
                    && candidate.isProbablePrime(32)
                    && isCoprime(candidate)) {
                return candidate;
            }
        }
    }

    /** Makes a key one of whose factors is found by trying. */
    static KeyPair smallFactor() {
        Random random = new Random(18);
        BigInteger small = BigInteger.valueOf(1_009);
        BigInteger large;
        do {
            large = BigInteger.probablePrime(2_039, random);
        } while (large.multiply(small).bitLength() < 2048 || !isCoprime(large));
        return pair(large.multiply(small), large, small);
    }

    private static boolean isCoprime(BigInteger prime) {
        return prime.subtract(BigInteger.ONE).gcd(F4).equals(BigInteger.ONE);
    }

    private static KeyPair pair(BigInteger modulus, BigInteger first, BigInteger second) {
        BigInteger totient =
                first.subtract(BigInteger.ONE).multiply(second.subtract(BigInteger.ONE));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, F4)),
                    factory.generatePrivate(
                            new RSAPrivateKeySpec(modulus, F4.modInverse(totient))));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
