import { randomBytes } from 'node:crypto';

export const PASSWORD = 'Kade-Zeven-Meeuw-42';
export const NEW_PASSWORD = 'Gele-Trein-Wolken-58';
export const WRONG_PASSWORD = 'Rode-Fiets-Zolder-19';

export const STAFF = 'staff@balie.example';
export const ANNA = 'anna@vandijk.example';
export const BRAM = 'bram@vandijk.example';
export const CARLA = 'carla@vandijk.example';
export const DIRK = 'dirk@vandijk.example';
export const EVA = 'eva@noordzee.example';

export const BRUGGENBOUW = 10001;
export const OFFSHORE = 10002;

export type Person = { username: string; name: string };
export type Company = { name: string; domain: string };

/** A mark that occurs in nobody else's data, so that a search for it finds this test's people only. */
export const mark = () => `q${randomBytes(5).toString('hex')}`;

export function newPerson(domain = 'vandijk.example'): Person {
  const tag = mark();
  return { username: `${tag}@${domain}`, name: `Fleur Dekker ${tag}` };
}

export function newCompany(): Company {
  const tag = mark();
  return { name: `Kraan & Zoon ${tag}`, domain: `${tag}.example` };
}
