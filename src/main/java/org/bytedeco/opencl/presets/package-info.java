/** One stand-in for a class of JavaCPP's that would drag natives nobody needs here. */
package org.bytedeco.opencl.presets;
