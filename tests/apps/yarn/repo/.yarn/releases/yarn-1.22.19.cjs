// In place of a release of Yarn that somebody put among the sources.
throw new Error("this release isn't there when packages are installed");
