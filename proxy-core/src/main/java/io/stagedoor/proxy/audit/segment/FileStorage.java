package io.stagedoor.proxy.audit.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Segments as files of one directory. */
public final class FileStorage implements SegmentStorage {
    private final Path directory;

    /** Makes a storage over a directory that exists. */
    public FileStorage(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<SegmentName> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> SegmentName.find(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public SegmentChannel read(SegmentName name) throws IOException {
        return new OpenFile(FileChannel.open(file(name), StandardOpenOption.READ));
    }

    @Override
    public SegmentChannel open(SegmentName name) throws IOException {
        return new OpenFile(
                FileChannel.open(file(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public SegmentChannel create(SegmentName name) throws IOException {
        return new OpenFile(
                FileChannel.open(
                        unnamed(name),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public void publish(SegmentName name) throws IOException {
        Files.move(unnamed(name), file(name), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    @Override
    public Path keepTorn(SegmentName name, long offset, ByteBuffer torn) throws IOException {
        Path side = directory.resolve(name.fileName() + '.' + offset + ".torn");
        try (FileChannel channel =
                FileChannel.open(
                        side,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            while (torn.hasRemaining()) {
                channel.write(torn);
            }
            channel.force(true);
        }
        forceDirectory();
        return side;
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path file(SegmentName name) {
        return directory.resolve(name.fileName());
    }

    private Path unnamed(SegmentName name) {
        return directory.resolve(name.fileName() + ".new");
    }

    private record OpenFile(FileChannel channel) implements SegmentChannel {

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return channel.write(source, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.force(true);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
