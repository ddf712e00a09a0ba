/** `vic-host --help`. */
export const mainHelp = `vic-host: a vSphere endpoint on one machine. It speaks the vSphere API and runs each VM as a process.

Usage:
  vic-host serve --data DIR [options]   serve until SIGTERM or SIGINT; VMs go on running
  vic-host user add|password|remove|list --data DIR [NAME]
                                        change the accounts while vic-host does not run
  vic-host version                      print the version
  vic-host help [serve|user]            print this, or the options of a command`;

/** `vic-host serve --help`. */
export const serveHelp = `Serve the vSphere API at /sdk, files of the datastores at /folder and files of guests at /guestFile.

Usage:
  vic-host serve --data DIR [options]

Options:
  --data DIR             folder for datastore1, the database, the certificate and running VMs; made when missing.
                         One vic-host at a time uses it. VMs that an earlier one left running are taken over.
  --listen HOST:PORT     where to listen; port 0 takes any free one        (default 127.0.0.1:8989)
  --user NAME            an administrator who may log in; another one than last time takes that one's place
                         (default root). Other users: vic-host user --help
  --password-file FILE   its password is the first line of FILE            (default: environment VIC_HOST_PASSWORD,
                         then the one used last, then a new one, written to DIR/password)
  --mode esx|vcenter     look like an ESXi host, or like a vCenter with a cluster of one host and a distributed
                         switch; DIR keeps the one that it was made with   (default: that, or esx)
  --datastore NAME=DIR[,BYTES]
                         a datastore and its folder; may be repeated. Those that are known stay without being named
                         again                                             (default: datastore1=DATA/datastore1)
  --capacity BYTES       size of the first datastore; also 500M, 20G, 1T   (default: as large as the file system)
  --loopback CIDR        a /24 of 127.0.0.0/8: guest 10.0.2.N is reached at its address N   (default 127.0.2.0/24)
  --help                 print this

DIR/vic-host.json holds the process id, the URL and the certificate's thumbprints while vic-host listens.`;

/** `vic-host user --help`. */
export const userHelp = `Change the accounts of a vic-host that does not run; one that runs changes them through the vSphere API.

Usage:
  vic-host user add NAME --data DIR [--role ROLE] [--password-file FILE]
  vic-host user password NAME --data DIR [--password-file FILE]
  vic-host user remove NAME --data DIR
  vic-host user list --data DIR

Options:
  --data DIR             the folder that vic-host serve was given
  --password-file FILE   the password is the first line of FILE   (default: of the standard input)
  --role ROLE            what the user may do everywhere: Admin, ReadOnly, or a role that somebody made
                         (default: nothing; give permissions through the vSphere API)
  --help                 print this`;
