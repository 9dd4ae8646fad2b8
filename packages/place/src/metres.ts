/**
 * Metres of one degree of longitude and of latitude on WGS-84 near a latitude, in degrees. Series of the ellipsoid's radii (NIMA TR8350.2);
 * good to a centimetre per degree. A plane with these scales is right to 0.1 % within some 20 km.
 */
export function metresPerDegree(lat: number): { readonly lon: number; readonly lat: number } {
  const phi = (lat * Math.PI) / 180;
  return {
    lon: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
    lat: 111_132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi) - 0.0023 * Math.cos(6 * phi),
  };
}
