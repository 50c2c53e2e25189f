"""Some damaged documents (tests/fuzz/mutate.py), always the same ones: each must end well."""
import os
import sys

from .common import TESTS, Test, environment

sys.path.insert(0, os.path.join(TESTS, 'fuzz'))
import mutate  # noqa: E402

SEED, COUNT, SLICES = 1, 160, 8  # some seconds of both programs


def slice_ends_well(test, env, program, first, cases):
    work = env.dir('fuzz')
    name = test.name.replace('/', '-')
    path, out = os.path.join(work, f'{name}.fo'), os.path.join(work, f'{name}.xml')
    for seed in range(first, first + COUNT // SLICES):
        origin, text = mutate.mutant(seed, cases)
        with open(path, 'w', encoding='utf-8', errors='surrogatepass') as f:
            f.write(text)
        wrong = mutate.ends_badly(program, path, out, environment())
        if wrong:
            return f'seed {seed} (from {origin}): {wrong}'


def tests(env):
    cases = mutate.corpus()
    return [Test(f'{word}fuzz/{first}', slice_ends_well, env, program, first, cases)
            for word, program in env.programs for first in range(SEED, SEED + COUNT, COUNT // SLICES)]
