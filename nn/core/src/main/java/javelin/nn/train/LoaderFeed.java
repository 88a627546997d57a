package javelin.nn.train;

import javelin.nn.data.Loader;

import java.util.Iterator;

/// Batches of images from a loader.
record LoaderFeed(Loader loader) implements Feed {
    @Override
    public int batches() {
        return loader.batches();
    }

    @Override
    public String description() {
        return loader.description();
    }

    @Override
    public Iterator<Batch> epoch(int epoch, int from) {
        Iterator<javelin.nn.data.Batch> images = loader.epoch(epoch, from);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return images.hasNext();
            }

            @Override
            public Batch next() {
                javelin.nn.data.Batch b = images.next();
                return new Batch(b.images(), b.labels());
            }
        };
    }
}
