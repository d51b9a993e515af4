package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.image.PackedImages;

/** Multinomial logistic regression by stochastic gradient descent on x / 255. */
final class LinearModel {
    private static final int CLASSES = 10;
    private static final double RATE = 0.02;

    private final int inputs;
    private final double[][] weights;

    private LinearModel(int inputs) {
        this.inputs = inputs;
        this.weights = new double[CLASSES][inputs + 1];
    }

    static LinearModel trainedOn(PackedImages images, int epochs) {
        LinearModel model = new LinearModel(images.shape().size());
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < images.size(); i++) {
                model.step(images, i);
            }
        }
        return model;
    }

    double accuracy(PackedImages images) {
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            double[] scores = scores(images, i);
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == images.label(i) ? 1 : 0;
        }
        return (double) right / images.size();
    }

    private void step(PackedImages images, int i) {
        double[] scores = scores(images, i);
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            scores[c] = Math.exp(scores[c] - largest);
            sum += scores[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            double gradient = scores[c] / sum - (c == images.label(i) ? 1 : 0);
            for (int k = 0; k < inputs; k++) {
                weights[c][k] -= RATE * gradient * pixel(images, i, k);
            }
            weights[c][inputs] -= RATE * gradient;
        }
    }

    private double[] scores(PackedImages images, int i) {
        double[] scores = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            double score = weights[c][inputs];
            for (int k = 0; k < inputs; k++) {
                score += weights[c][k] * pixel(images, i, k);
            }
            scores[c] = score;
        }
        return scores;
    }

    private double pixel(PackedImages images, int i, int k) {
        return (images.pixels()[i * inputs + k] & 0xff) / 255.0;
    }
}
