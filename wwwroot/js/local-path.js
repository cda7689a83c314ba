/** A path of this server, or the map: an address of elsewhere must not be reached through our sign-in.
 * @param {string|null} wanted */
export function localPath(wanted) {
    const plain = wanted !== null && /^\/(?![/\\])/.test(wanted) && !/[\u0000-\u001f\\]/.test(wanted);
    return plain && !wanted.startsWith('/sign-in') ? wanted : '/';
}
