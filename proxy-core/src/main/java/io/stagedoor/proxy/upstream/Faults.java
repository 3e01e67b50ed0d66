package io.stagedoor.proxy.upstream;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.TransferEncodingNotAllowedException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in plain words what went wrong with a connection; never a library's own text. */
final class Faults {

    private static final int DEEPEST = 12;

    private Faults() {}

    /** Describes what a step failed by. */
    static String describe(String step, Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            Optional<String> words = words(cause);
            if (words.isPresent()) {
                return step + " failed: " + words.get();
            }
            cause = cause.getCause();
        }
        return step + " failed: " + fault.getClass().getSimpleName();
    }

    /** Describes what could not be decoded. */
    static String of(HttpObject part) {
        Throwable cause = part.decoderResult().cause();
        return switch (cause) {
            case PrematureChannelClosureException _ -> "it ended inside its head";
            case TooLongFrameException _ -> "its head is too long";
            case TransferEncodingNotAllowedException _ -> "it has a Transfer-Encoding in HTTP/1.0";
            case UnframedException _ -> "it has a Transfer-Encoding, but no body";
            default -> cause.getClass().getSimpleName();
        };
    }

    private static Optional<String> words(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> Optional.of("its host name has no address");
            case ConnectTimeoutException _ -> Optional.of("it took too long");
            case NoRouteToHostException _ -> Optional.of("there is no route to it");
            case ConnectException _ -> Optional.of("it was refused");
            case SslHandshakeTimeoutException _ -> Optional.of("it took too long");
            case CertificateExpiredException _ -> Optional.of("the certificate has expired");
            case CertificateNotYetValidException _ ->
                    Optional.of("the certificate is not valid yet");
            case CertPathBuilderException _ ->
                    Optional.of("the certificate is of no trusted authority");
            case CertPathValidatorException e when e.getReason() == BasicReason.INVALID_SIGNATURE ->
                    Optional.of("the certificate is of no trusted authority");
            case CertificateException e -> certificate(e);
            case SSLException e -> handshake(e);
            case ClosedChannelException _ -> Optional.of("the other side closed it");
            default -> Optional.empty();
        };
    }

    /** The name check is the only one that has no class of its own. */
    private static Optional<String> certificate(CertificateException fault) {
        String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("subject alternative") || text.contains("no name matching")
                ? Optional.of("the certificate is for another host")
                : Optional.empty();
    }

    private static Optional<String> handshake(SSLException fault) {
        String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("protocol_version") || text.contains("unsupported_protocol")
                ? Optional.of("there is no common version of TLS")
                : Optional.empty();
    }
}
