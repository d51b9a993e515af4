/**
 * One picocli class per command, and the one place where exceptions become text and exit codes. Depends on {@code cli.option},
 * {@code compare}, {@code config}, {@code console}, {@code data}, {@code data.download}, {@code data.format}, {@code data.job},
 * {@code data.sample}, {@code device}, {@code eval}, {@code image}, {@code io}, {@code kernel}, {@code model}, {@code model.npz},
 * {@code network}, {@code network.architecture}, {@code network.optimizer}, {@code onnx}, {@code predict}, {@code predict.run},
 * {@code track}, {@code track.report}, {@code train}, {@code train.listener},
 * {@code tune}, {@code tune.space}, Hadoop, Spark and picocli.
 */
package io.github.sparkcnn.cli;
