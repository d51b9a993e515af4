/** One class where DL4J M2.1 still looks for it. */
package org.nd4j.nativeblas;
