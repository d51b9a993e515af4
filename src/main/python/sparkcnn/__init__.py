"""sparkcnn's stage of Spark ML for PySpark: the classes of io.github.sparkcnn.ml, which do the work in the JVM.

The module lies in sparkcnn's jars: pyspark --jars JAR --py-files JAR. Parameters have the names, meanings and defaults of the Java
classes: CnnClassifier().explainParams() tells them.
"""

import io
import sys
import types

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasFeaturesCol,
    HasHandleInvalid,
    HasLabelCol,
    HasPredictionCol,
    HasProbabilityCol,
    HasRawPredictionCol,
    HasThresholds,
    HasValidationIndicatorCol,
)
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel

__all__ = ["CnnClassifier", "CnnClassificationModel"]

_PACKAGE = "io.github.sparkcnn.ml"


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + "." + clazz.__name__


class _Stage(
    HasFeaturesCol,
    HasHandleInvalid,
    HasPredictionCol,
    HasProbabilityCol,
    HasRawPredictionCol,
    HasThresholds,
    JavaMLWritable,
    JavaMLReadable,
):
    """What estimator and model share."""

    shape = Param(
        Params._dummy(),
        "shape",
        "of images that do not tell it: [channels, height, width] or [height, width, channels]",
        typeConverter=TypeConverters.toListInt,
    )

    @classmethod
    def read(cls):
        return _Reader(cls)

    def getShape(self):
        return self.getOrDefault(self.shape)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value):
        return self._set(handleInvalid=value)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value):
        return self._set(probabilityCol=value)

    def setRawPredictionCol(self, value):
        return self._set(rawPredictionCol=value)

    def setThresholds(self, value):
        return self._set(thresholds=value)

    def setShape(self, value):
        return self._set(shape=value)


def _param(name, doc, converter):
    return Param(Params._dummy(), name, doc, typeConverter=converter)


class CnnClassifier(JavaEstimator, _Stage, HasLabelCol, HasValidationIndicatorCol):
    """Trains a convolutional network on the images of a DataFrame, over the workers of the Spark application.

    CnnClassifier(network="fashion-cnn", epochs=3, conf={"training.schedule": "{name = cosine}"}).fit(images)
    """

    network = _param("network", "name of the network", TypeConverters.toString)
    initialModel = _param("initialModel", "path of a saved model to start from", TypeConverters.toString)
    epochs = _param("epochs", "times that each image is seen", TypeConverters.toInt)
    batchSize = _param("batchSize", "images a minibatch, of each worker", TypeConverters.toInt)
    learningRate = _param("learningRate", "of the optimizer", TypeConverters.toFloat)
    optimizer = _param("optimizer", "adam, sgd ...", TypeConverters.toString)
    weightDecay = _param("weightDecay", "L2 term in the gradient of the weights", TypeConverters.toFloat)
    averagingFrequency = _param("averagingFrequency", "minibatches between two averagings", TypeConverters.toInt)
    workers = _param("workers", "replicas that train at the same time", TypeConverters.toInt)
    strategy = _param("strategy", "all-reduce, local or dl4j-averaging", TypeConverters.toString)
    seed = _param("seed", "of weights, order, dropout and augmentation", TypeConverters.toInt)
    normalize = _param("normalize", "unit or standard", TypeConverters.toString)
    augmentation = _param("augmentation", "e.g. [{name = flip}]", TypeConverters.toString)
    conf = _param("conf", "any other keys of the configuration, each KEY=VALUE", TypeConverters.toListString)

    @keyword_only
    def __init__(self, **kwargs):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + ".CnnClassifier", self.uid)
        self._transfer_params_from_java()
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(self, **kwargs):
        """Sets parameters by their names; conf may be a dict."""
        values = dict(self._input_kwargs)
        if isinstance(values.get("conf"), dict):
            values["conf"] = ["%s=%s" % pair for pair in values["conf"].items()]
        return self._set(**values)

    def setConf(self, key, value):
        """One more key of the configuration."""
        return self._set(conf=list(self.getOrDefault(self.conf)) + ["%s=%s" % (key, value)])

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def setValidationIndicatorCol(self, value):
        return self._set(validationIndicatorCol=value)

    def _create_model(self, java_model):
        return CnnClassificationModel(java_model)


class CnnClassificationModel(JavaModel, _Stage):
    """A trained network: adds the predicted label, the probabilities and their logarithms to each row with an image."""

    @property
    def numClasses(self):
        return self._call_java("numClasses")

    @property
    def labels(self):
        """The classes' names, in the order of the probabilities."""
        return list(self._call_java("labels"))


def _be_found():
    """PySpark takes a Java class's name for that of a Python class when it loads: some versions import it, others walk to it."""
    here = sys.modules[__name__]
    sys.modules.setdefault(_PACKAGE, here)
    scope = io
    for name in _PACKAGE.split(".")[1:-1]:
        if not hasattr(scope, name):
            setattr(scope, name, types.SimpleNamespace())
        scope = getattr(scope, name)
    scope.ml = here


_be_found()
