package io.stagedoor.proxy.authn.keys;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tells RSA keys (RFC 8017, section 3.1) that nobody should be believed with: too short, too long to
 * verify with at leisure, with an exponent that signs nothing, or with a modulus that is known to be
 * factored.
 *
 * <p>Moduli of the library behind CVE-2017-15361 (ROCA) are known by their fingerprint: modulo every
 * small prime they are a power of 65537 (Nemec and others, "The Return of Coppersmith's Attack", 2017,
 * section 2). A modulus of two random primes looks like that with a probability of less than 2^-27.
 */
final class RsaStrength {

    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final int GENERATOR = 65_537;
    private static final int LARGEST_FINGERPRINT_PRIME = 167;
    private static final int LARGEST_TRIED_FACTOR = 2_000;

    private static final BigInteger SMALL_PRIMES =
            primesTo(LARGEST_TRIED_FACTOR)
                    .mapToObj(BigInteger::valueOf)
                    .reduce(BigInteger.ONE, BigInteger::multiply);

    private static final Map<Integer, BitSet> POWERS = powers();

    private RsaStrength() {}

    /** Returns what is wrong with a key of this modulus and public exponent, if anything is. */
    static Optional<KeyFault> faultOf(BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
            return Optional.of(KeyFault.SIZE);
        }
        boolean usableExponent =
                exponent.testBit(0)
                        && exponent.compareTo(BigInteger.TWO) > 0
                        && exponent.bitLength() <= MAX_EXPONENT_BITS;
        return usableExponent && !hasSmallFactor(modulus) && !hasRocaFingerprint(modulus)
                ? Optional.empty()
                : Optional.of(KeyFault.WEAK);
    }

    private static boolean hasSmallFactor(BigInteger modulus) {
        return !modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE);
    }

    private static boolean hasRocaFingerprint(BigInteger modulus) {
        return POWERS.entrySet().stream()
                .allMatch(
                        prime ->
                                prime.getValue()
                                        .get(
                                                modulus.mod(BigInteger.valueOf(prime.getKey()))
                                                        .intValueExact()));
    }

    /** The powers of 65537 modulo each small odd prime. */
    private static Map<Integer, BitSet> powers() {
        Map<Integer, BitSet> byPrime = new LinkedHashMap<>();
        primesTo(LARGEST_FINGERPRINT_PRIME)
                .filter(prime -> prime > 2)
                .forEach(prime -> byPrime.put(prime, powersModulo(prime)));
        return byPrime;
    }

    private static BitSet powersModulo(int prime) {
        BitSet powers = new BitSet(prime);
        int power = 1;
        do {
            powers.set(power);
            power = power * (GENERATOR % prime) % prime;
        } while (power != 1);
        return powers;
    }

    private static IntStream primesTo(int largest) {
        return IntStream.rangeClosed(2, largest)
                .filter(number -> BigInteger.valueOf(number).isProbablePrime(32));
    }
}
