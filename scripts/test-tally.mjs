// Reads Vitest's JSON report and the way it ended, and says what that comes to. In doubt it is a
// failure: a run nobody reported on has not passed.

/** The line a reader or a machine looks for. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Counts one run. `report` is the parsed report or null, `ended` Vitest's exit code or signal;
 * `mayBeEmpty` when the caller has chosen files, of which a project may have none.
 */
export function tallyOf(report, ended, mayBeEmpty) {
  if (report === null || !Array.isArray(report.testResults)) {
    if (mayBeEmpty && ended === 0) return { passed: 0, failed: 0, skipped: 0, trouble: null };
    return { passed: 0, failed: 1, skipped: 0, trouble: `ended without a report (${ended})` };
  }
  const tests = report.testResults.flatMap((file) => file.assertionResults ?? []);
  const count = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  const passed = count('passed');
  const skipped = count('skipped', 'pending', 'todo', 'disabled');
  // A file that fails outside its tests (an import, a hook) is reported with no failed test in it.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults = [] }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  // Whatever state Vitest may invent, a test that neither passed nor was skipped has failed.
  const failed = tests.length - passed - skipped + brokenFiles;
  const tally = { passed, failed, skipped, trouble: null };
  if (failed === 0 && ended !== 0) {
    return { ...tally, failed: 1, trouble: `ended with ${ended} although no test failed` };
  }
  if (tests.length === 0 && failed === 0 && !mayBeEmpty) {
    return { ...tally, failed: 1, trouble: 'ran nothing' };
  }
  if (brokenFiles > 0) return { ...tally, trouble: `${brokenFiles} file(s) failed outside tests` };
  return tally;
}

/**
 * What failed, a line each: file, name, and the beginning of the message, in which a property names its
 * seed. Told again at the very end, where nobody has to look for it.
 */
export function failuresOf(report) {
  if (report === null || !Array.isArray(report.testResults)) return [];
  return report.testResults.flatMap(
    ({ name = '', status, message = '', assertionResults = [] }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0 && status === 'failed') return [`${name}: ${firstWords(message)}`];
      return failed.map(({ fullName, failureMessages = [] }) => {
        return `${name} > ${fullName}: ${firstWords(failureMessages.join(' '))}`;
      });
    },
  );
}

function firstWords(message) {
  return message.replace(/\s+/g, ' ').trim().slice(0, 400);
}
