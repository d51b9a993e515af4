"""What oneDNN's primitives take of a step, from its own log: a Markdown table of primitive, implementation, milliseconds of a
step, share and, where it multiplies, GFLOP/s.

ONEDNN_VERBOSE=profile_exec PROGRAM | python3 onednn_profile.py [--kinds]
--kinds adds up what has the same primitive, direction and implementation. Milliseconds are the fifth of the way from the least to
the greatest of a primitive's runs: on a machine in others' use the median is that of the others. Reads the standard output of one
network's training or prediction; primitives that ran less than half as often as the most frequent (warming up, another batch) are left out.
"""
import argparse, collections, re, sys

CONVOLUTION = re.compile(
    r"(?:g(\d+))?mb(\d+)_ic(\d+)oc(\d+)_ih\d+oh(\d+)kh(\d+)\D.*?_iw\d+ow(\d+)kw(\d+)")
ROWS = re.compile(r"mb(\d+)ic(\d+)(?:ih(\d+)iw(\d+))?oc(\d+)")


def flop(primitive, shape):
    """Multiplications and additions; 0 where they are not what counts."""
    found = CONVOLUTION.match(shape) if "convolution" in primitive else None
    if found:
        groups, n, inputs, outputs, rows, kh, columns, kw = (int(number or 1) for number in found.groups())
        return 2 * n * inputs * outputs * rows * columns * kh * kw / groups
    found = ROWS.match(shape) if primitive == "inner_product" else None
    if found:
        product = 2
        for number in found.groups():
            product *= int(number or 1)
        return product
    return 0


def runs(lines):
    """(primitive, implementation, direction, shape, formats) to the milliseconds of each run."""
    found = collections.OrderedDict()
    for line in lines:
        if line.startswith("onednn_verbose") and ",exec," in line:
            words = line.strip().split(",")
            words = words[words.index("exec") + 2:]
            primitive, implementation, direction, formats, attributes = words[:5]
            key = primitive, implementation, direction, words[-2], formats + attributes
            found.setdefault(key, []).append(float(words[-1]))
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kinds", action="store_true")
    kinds = arguments.parse_args().kinds
    found = runs(sys.stdin)
    if not found:
        sys.exit("Cannot profile: no primitive ran. Set ONEDNN_VERBOSE=profile_exec for the program whose output this reads.")
    # In a step some primitives run twice with the same shapes; the steps are what most of them ran.
    steps = collections.Counter(len(times) for times in found.values()).most_common(1)[0][0]
    lines = collections.OrderedDict()
    for (primitive, implementation, direction, shape, _), times in found.items():
        in_step = round(len(times) / steps)
        if in_step:
            milliseconds = in_step * sorted(times)[len(times) // 5]
            name = (primitive, implementation, direction, "" if kinds else shape)
            before = lines.get(name, (0, 0, 0))
            work = in_step * flop(primitive, shape)
            lines[name] = before[0] + in_step, before[1] + milliseconds, before[2] + work
    total = sum(milliseconds for _, milliseconds, _ in lines.values())
    print("| primitive | implementation | direction | shape | a step | ms | share | GFLOP/s |\n|---|---|---|---|---:|---:|---:|---:|")
    for (primitive, implementation, direction, shape), (count, milliseconds, work) in sorted(
            lines.items(), key=lambda line: -line[1][1]):
        rate = f"{work / milliseconds / 1e6:.1f}" if work else ""
        direction = "" if direction == "undef" else direction
        print(f"| {primitive} | {implementation} | {direction} | {shape} | {count} | {milliseconds:.2f} |"
              f" {100 * milliseconds / total:.1f} % | {rate} |")
    print(f"\n{total:.1f} ms in {sum(count for count, _, _ in lines.values())} primitives.")


if __name__ == "__main__":
    main()
