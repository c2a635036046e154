import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-missing-attribute.ts';

const LACKS = { message: "'Session' object has no attribute 'dob'", at: '.dob' };

fixerTable(fixer, {
  offers: [
    [
      'an attribute that is read twice',
      LACKS,
      'def f(session):\n    if session.dob:\n        return session.dob\n    return session.dob.year\n',
    ],
    ['an attribute in a text', LACKS, "label = f'{session.dob}'\n"],
    ['an attribute of an attribute', LACKS, 'born = user.session.dob\n'],
    ['a number', LACKS, 'age = 2026 - session.dob\n'],
    ['the name alone', { message: 'dob', errorType: 'AttributeError', at: '.dob' }, 'born = session.dob\n'],
  ],
  cures: [
    ['a value alone', LACKS, 'born = session.dob\n', "born = getattr(session, 'dob', None)\n"],
    [
      'all reads of it in a function',
      LACKS,
      'def f(s):\n    if s.dob:\n        return s.dob\n    return None\n',
      "def f(s):\n    if getattr(s, 'dob', None):\n        return getattr(s, 'dob', None)\n    return None\n",
    ],
    [
      'what objects say that make their own attributes',
      { message: 'dob', errorType: 'AttributeError', at: '.dob' },
      'born = outputs.dob\n',
      "born = getattr(outputs, 'dob', None)\n",
    ],
    ['a text', LACKS, 'text = "Born " + session.dob\n', 'text = "Born " + getattr(session, "dob", "")\n'],
  ],
  leaves: [
    ['None', { message: "'NoneType' object has no attribute 'dob'", at: '.dob' }, 'born = session.dob\n'],
    ['a method', LACKS, 'born = session.dob()\n'],
    ['what is set', LACKS, 'session.dob = 3\n'],
    ['another attribute', LACKS, 'born = session.day # .dob\n'],
    ['the object itself', LACKS, 'def f(self):\n    return self.dob\n'],
    ['a word of another error', { message: 'dob', errorType: 'KeyError', at: '.dob' }, 'born = session.dob\n'],
  ],
});
