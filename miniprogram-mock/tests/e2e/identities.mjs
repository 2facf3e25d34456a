// Made-up companies and persons, each with numbers that pass their check characters.
import { randomBytes } from 'node:crypto';

/** A name that no other test has. */
export const unique = (word) => `${word}${randomBytes(3).toString('hex')}`;

const address = '北京市朝阳区示例路1号8层801室';

/** A made-up company of its own for each test: a subject is filed once only. */
export function companyOf(name) {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const serial = [...name].reduce((sum, letter) => (sum * 131 + letter.codePointAt(0)) % 10 ** 6, 7);
  const organisation = `MA${String(serial).padStart(6, '0')}`;
  // GB 11714: the organisation's own check character.
  const rest = 11 - ([...organisation].reduce((total, letter, place) => total + parseInt(letter, 36) * [3, 7, 9, 10, 5, 8, 4, 2][place], 0) % 11);
  const body = `91110105${organisation}${rest === 11 ? '0' : rest === 10 ? 'X' : rest}`;
  // GB 32100: the last character makes the weighted sum a multiple of 31.
  const sum = [...body].reduce((total, letter, place) => total + digits.indexOf(letter) * (3 ** place % 31), 0);
  return { name: `${name}示例科技（北京）有限公司`, certificateNumber: body + digits[(31 - (sum % 31)) % 31], address };
}

/** A made-up person of their own for each test: a mobile belongs to one subject, and a person may start few face checks a day. */
export function personOf(name) {
  const serial = [...name].reduce((sum, letter) => (sum * 137 + letter.codePointAt(0)) % 1e7, 3);
  const mobile = `138${String(serial).padStart(8, '0')}`;
  return { name: '林示例', certificateNumber: identityNumber(name), mobile, emergencyPhone: `139${mobile.slice(3)}`, email: `${name}@example.com` };
}

function identityNumber(name) {
  const serial = [...name].reduce((sum, letter) => (sum * 131 + letter.codePointAt(0)) % 1e6, 11);
  const two = (number) => String(number).padStart(2, '0');
  const [day, month, year] = [1 + (serial % 28), 1 + (Math.floor(serial / 28) % 12), 70 + (Math.floor(serial / 336) % 30)];
  // A sequence that begins with 00 is nobody's.
  const body = `11010119${year}${two(month)}${two(day)}00${Math.floor(serial / 10080) % 10}`;
  // GB 11643.
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][place], 0);
  return body + '10X98765432'[sum % 11];
}
