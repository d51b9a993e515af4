"""Where the seconds of the quickstart go, from the shell to its prompt: a Markdown table of its parts, medians of the rounds.

python3 starting.py [ROUNDS [WORD ...]]      (WORD: more of submit/local train)

A part begins when the JVM loads the class that it is the first to use, or with a line that is printed.
"""
import datetime, os, pathlib, re, statistics, subprocess, sys, tempfile

HOME = pathlib.Path(__file__).resolve().parents[3]
# What begins: (the class that is loaded or the line that is printed, what it does then).
PARTS = [
    ("SHELL", "launcher: finds Java and Spark"),
    ("java.lang.Object", "JVM, Spark's SparkSubmit, command line and configuration"),
    ("org.apache.spark.SparkEnv", "Spark session"),
    ("io.github.sparkcnn.train.Training", "ND4J, oneDNN"),
    ("io.github.sparkcnn.train.TrainingImages", "the sample is drawn, packed and dealt"),
    ("io.github.sparkcnn.train.strategy.AllReduceTrainer", "network, workers, their first epoch"),
    ("> Epoch 1/", "four epochs more"),
    ("> Epoch 5/", "model, manifest, report"),
    ("> Accuracy", "end of Spark and the JVM"),
    ("END", ""),
]


def now():
    return datetime.datetime.now(datetime.timezone.utc).timestamp()


def loaded(log):
    """The first time that each class was loaded, in seconds since 1970."""
    times = {}
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"\[([^]]+)\] (\S+) source:", line)
        if found:
            stamp = datetime.datetime.strptime(found.group(1), "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()
            times.setdefault(found.group(2), stamp)
    return times


def once(words):
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "classes"
        options = f"{os.environ.get('SPARKCNN_SUBMIT_OPTIONS', '')} --driver-java-options -Xlog:class+load=info:file={log}:time:filecount=0"
        begins = {"SHELL": now()}
        process = subprocess.Popen(
            [HOME / "submit/local", "train", "--output", f"{folder}/run", *words],
            env={**os.environ, "SPARKCNN_SUBMIT_OPTIONS": options},
            stdout=subprocess.PIPE, text=True)
        for line in process.stdout:
            for part, _ in PARTS:
                if part.startswith("> ") and line.startswith(part[2:]):
                    begins.setdefault(part, now())
        if process.wait() != 0:
            sys.exit("Cannot time the start: the run failed. See to its line above.")
        begins["END"] = now()
        times = {**loaded(log), **begins}
        for part, _ in PARTS:
            if part not in times:
                sys.exit(f"Cannot time the start: there was no {part.removeprefix('> ')}. Train five epochs or more with all-reduce.")
        return times


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    runs = [once(sys.argv[2:]) for _ in range(rounds)]
    print("| part | seconds |\n|---|---:|")
    for (part, what), (following, _) in zip(PARTS, PARTS[1:]):
        print(f"| {what} | {statistics.median(run[following] - run[part] for run in runs):.1f} |")
    wholes = [run["END"] - run["SHELL"] for run in runs]
    print(f"| in all | **{statistics.median(wholes):.1f}** ({min(wholes):.1f} to {max(wholes):.1f}) |")


main()
