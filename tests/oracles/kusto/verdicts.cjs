// Reads a JSON array of query texts from the standard input and answers with an array of booleans: does Microsoft's parser read it?
const { join } = require('node:path');

const folder = process.argv[2];
require(join(folder, 'bridge.min.js'));
require(join(folder, 'Kusto.Language.Bridge.min.js'));

const findingsOf = (text) => {
  try {
    return Kusto.Language.KustoCode.Parse(text).GetSyntaxDiagnostics();
  } catch {
    return null; // That parser itself fails on some broken texts, which is no reading either.
  }
};

const accepts = (text) => {
  const findings = findingsOf(text);
  for (let i = 0; i < (findings?.Count ?? 0); i++) {
    if (findings.getItem(i).Severity === 'Error') return false;
  }
  return findings !== null;
};

const pieces = [];
process.stdin.on('data', (piece) => pieces.push(piece));
process.stdin.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(Buffer.concat(pieces).toString('utf8')).map(accepts))));
