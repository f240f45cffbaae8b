// Paths of icons that the first open does not need: each goes into the pieces that draw it.
export const checksIcon = 'M1.500 11l3.500 3.500 7-8.500M9.500 13.500l1 1L18.500 6';
export const downIcon = 'M10 3.500v10m-4-4 4 4 4-4M4 16.500h12';
export const usersIcon = 'M7.500 4a2.700 2.700 0 1 1 0 5.400 2.700 2.700 0 0 1 0-5.400ZM2.500 16a5 4.500 0 0 1 10 0M13 4.300a2.700 2.700 0 0 1 0 4.900M14.500 12a4.500 4.500 0 0 1 3 4';
export const fileIcon = 'M5 2.500h6.500L15.500 6.500v11H5v-15Zm6 0v4.500h4.500';
export const trashIcon = 'M3.500 5.500h13M8 5.500v-2h4v2M5 5.500l.800 11.500h8.400L15 5.500M8.500 8.500v5.500M11.500 8.500v5.500';
export const playIcon = 'M7 4.500v11l9-5.500-9-5.500Z';
export const pauseIcon = 'M7 4.500v11M13 4.500v11';
