"""The exceptions that mean something to a scheduler."""


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    """No other try."""


class AirflowSkipException(AirflowException):
    pass


class ParamValidationError(AirflowException):
    pass
