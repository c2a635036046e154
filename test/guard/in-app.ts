/** Bad patches of the examples' seeded faults: each turns its scenario green in a real run, and each is refused. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.

export interface BadInApp {
  readonly name: string;
  /** Id of the rule that refuses it. */
  readonly rule: string;
  readonly example: string;
  readonly fault: string;
  readonly file: string;
  /** Stands once in the faulty file. */
  readonly find: string;
  readonly replace: string;
}

const COMPANY = {
  example: 'rooms',
  fault: 'company-none',
  file: 'server/members.js',
  find: '  return `${member.company.name}, ${member.company.city}`;',
};
const AUTHOR = {
  example: 'rooms',
  fault: 'review-author',
  file: 'public/js/components/review-list.js',
  find: '      ${list.map((review) => reviewItem(review))}',
};
const EQUIPMENT = {
  example: 'rooms',
  fault: 'flip-chart',
  file: 'server/rooms.js',
  find: '  return room.equipment.map((id) => EQUIPMENT.get(id).name);',
};
const NOTICE = {
  example: 'rooms',
  fault: 'notice-open-end',
  file: 'public/js/components/notice-list.js',
  find: '  return `${formatDay(from)} to ${formatDay(until)}`;',
};
const CARRIER = {
  example: 'shop',
  fault: 'carrier-service',
  file: 'server/orders.ts',
  find: '  const service = order.parcels[0].service;',
};

const tried = (deed: string, handler: string): string => `  try {\n  ${deed}\n  } catch ${handler}`;

export const BAD_IN_APP: readonly BadInApp[] = [
  { ...COMPANY, name: 'an empty catch', rule: 'empty-catch', replace: tried(COMPANY.find, '{}') },
  {
    ...COMPANY,
    name: 'a catch that logs',
    rule: 'empty-catch',
    replace: tried(COMPANY.find, '(error) {\n    console.error(error);\n  }'),
  },
  { ...COMPANY, name: 'a catch that leaves', rule: 'empty-catch', replace: tried(COMPANY.find, '{\n    return;\n  }') },
  {
    ...AUTHOR,
    name: 'a catch around each',
    rule: 'empty-catch',
    replace:
      '      ${list.map((review) => {\n        try {\n          return reviewItem(review);\n        } catch {\n          return undefined;\n        }\n      })}',
  },
  {
    ...EQUIPMENT,
    name: 'an empty catch',
    rule: 'empty-catch',
    replace: tried(EQUIPMENT.find, '{}\n  return [];'),
  },
  {
    ...EQUIPMENT,
    name: 'a catch that warns',
    rule: 'empty-catch',
    replace: tried(EQUIPMENT.find, "(error) {\n    console.warn('equipment', error);\n  }\n  return [];"),
  },
  { ...NOTICE, name: 'an empty catch', rule: 'empty-catch', replace: tried(NOTICE.find, '{}') },
  {
    ...CARRIER,
    name: 'an empty catch',
    rule: 'empty-catch',
    replace: '  let service;\n  try {\n    service = order.parcels[0].service;\n  } catch {}',
  },
  {
    ...CARRIER,
    name: 'a catch that logs',
    rule: 'empty-catch',
    replace:
      '  let service;\n  try {\n    service = order.parcels[0].service;\n  } catch (error) {\n    console.log(error);\n  }',
  },
];
