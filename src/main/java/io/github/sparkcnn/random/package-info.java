/** Random streams that are named by what they are for, so that a run can be repeated. Pure arithmetic. Depends on nothing. */
package io.github.sparkcnn.random;
