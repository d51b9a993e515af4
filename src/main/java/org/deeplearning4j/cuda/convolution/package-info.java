/** One class where DL4J M2.1 looks for it on the CUDA backend. */
package org.deeplearning4j.cuda.convolution;
