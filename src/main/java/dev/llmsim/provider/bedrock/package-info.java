/**
 * Amazon Bedrock Runtime, answered by ourselves: Converse and InvokeModel with the bodies of several families of models, both
 * also as binary event streams. The wordings of its errors are those that users of the real service report.
 */
@NullMarked
package dev.llmsim.provider.bedrock;

import org.jspecify.annotations.NullMarked;
