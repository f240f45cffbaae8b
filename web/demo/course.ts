// What a site with signed-in students adds: where the widget gets the student's token. Here it is the demo's; a real
// site asks its own server, which signs one for whoever is signed in.
export {};

(window.Parlor ??= {}).getToken = async () => {
  const response = await fetch('/demo/config.json');
  return ((await response.json()) as { student_jwt?: string }).student_jwt ?? '';
};
