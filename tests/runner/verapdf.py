"""veraPDF through tests/verapdf/verapdf."""
import os

from .common import Failure, TESTS, run

TOOL = os.path.join(TESTS, 'verapdf', 'verapdf')


def verapdf_all(wanted):
    """wanted: [(path, 'FLAVOUR[,FLAVOUR]')].  {path: 'pass' or what is broken}, one run for all."""
    lines = ''.join(f'{flavours}\t{path}\n' for path, flavours in wanted)
    status, out, err = run([TOOL, '-'], stdin=lines.encode(), timeout=900)
    said = {path: [] for path, _ in wanted}
    seen = {path: 0 for path, _ in wanted}
    at = None
    for line in out.decode('utf-8', 'replace').split('\n'):
        fields = line.split('\t')
        if len(fields) >= 3 and fields[0] in ('PASS', 'FAIL', 'ERROR'):
            at = fields[2]
            seen[at] = seen.get(at, 0) + 1
            if fields[0] != 'PASS':
                said.setdefault(at, []).append(line)
        elif at and line.strip() and said.get(at):
            said[at].append(line)
    for path, flavours in wanted:
        if seen[path] != len(flavours.split(',')):
            raise Failure(f'veraPDF did not judge {path}: {err.decode("utf-8", "replace")[:1000]}')
    return {path: '\n'.join(lines[:12]) or 'pass' for path, lines in said.items()}


def verapdf(path, flavour):
    """"pass", or the rules that are broken."""
    return verapdf_all([(path, flavour)])[path]
