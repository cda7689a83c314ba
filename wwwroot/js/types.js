/** Shapes that cross the wire. Times are UTC RFC 3339, coordinates WGS 84 with lon before lat.
 * @typedef {'reported'|'filed'|'dispatched'|'handling'|'fed_back'|'closed'|'evaluated'|'returned'|'hung'|'void'} Status
 * @typedef {{code: string, name: string}} Named
 * @typedef {{id: number, feed: string|null, source_id: string|null, category: string, class: string, title: string, status: Status, lon: number|null, lat: number|null,
 *   reported_at: string, area: Named|null, responsibility_class: 'sole'|'shared'|'none', unit: string|null, moved_at: string, version: number}} Incident
 * @typedef {{code: string, name: string, distance_m: number, contains: boolean}} Candidate
 * @typedef {{class: 'sole'|'shared'|'none', area: Named|null, candidates: Candidate[], agreement: unknown, committee: {id: number, name: string}|null,
 *   edition: {id: number, name: string}|null, rule: string, reason: string}} Decision
 * @typedef {{at: string, actor: string, from: Status|null, to: Status, unit: string|null, reason: string|null, note: string|null}} Step
 * @typedef {{to: Status, needs: ('unit'|'reason')[]}} Move
 * @typedef {Incident & {description: string, address: string, datum: string|null, raw: {lon: number, lat: number}|null, accuracy_m: number|null, received_at: string,
 *   feed_name: string|null, closed_at: string|null, decision: Decision, history: Step[], moves: Move[], legal_status: string, notice: string}} Case
 * @typedef {{id: number, code: string, name: string, level: string, parent: string|null, edition: number}} Area
 * @typedef {{id: number, name: string, kind: string, level: string, areas: {code: string, name?: string, lead?: boolean}[]}} Committee
 * @typedef {{id: number, code: string, kind: string, name: string, street: string, hours: string, state: string, lon: number, lat: number}} Station
 * @typedef {{id: number, unit: string, name: string, kind: string, street: string|null, lon: number, lat: number, at: string, speed_mps: number|null, heading_deg: number|null}} Position
 * @typedef {{id: number, code: string, name: string, kind: string, last_at: string|null, accepted: number, duplicates: number, rejected: number}} Feed
 * @typedef {{code: string, name_zh: string, name_en: string, kind: string, severity: number}} Category
 * @typedef {{zh: string, en: string}} BothLanguages
 * @typedef {{name: string, demo: boolean, notice: BothLanguages|null, legal_notice: BothLanguages, bbox: number[]|null,
 *   edition: {id: number, name: string, legal_status: string, valid_from: string, source: string}|null, approval_no: string|null, empty: boolean}} City
 * @typedef {{user: string, display_name: string, role: string, areas: string[], committees: number[], unit: string|null,
 *   may: string[]}} Session
 *
 * @typedef {{topic: string, op: 'put'|'drop', id: number, item: any}} LiveItem
 * @typedef {{kind: 'snapshot'|'changes'|'positions'|'beat', epoch: string, view: number, from: number|null, to: number, at: string, more?: boolean, items?: LiveItem[]}} Batch
 *
 * What is on show, all of it in the address.
 * @typedef {{kind: 'incident'|'station'|'unit'|'area'|'committee', id: number|string}} Selection
 * @typedef {{scope: 'open'|'done'|'all', q: string, status: Status[], category: string, street: string, shared: boolean, today: boolean, inView: boolean,
 *   hide: string[], sel: Selection|null, zoom: number|null, lat: number|null, lon: number|null}} Shown
 *
 * What every part of the map page is given.
 * @typedef {{api: typeof import('./api.js').api, live: import('./live/live.js').Live, state: import('./state.js').State, cases: import('./incidents/cases.js').Cases,
 *   city: City, session: Session, lists: import('./lists.js').Lists, desk: import('./shell/desk.js').Desk}} Deps */
export {};
