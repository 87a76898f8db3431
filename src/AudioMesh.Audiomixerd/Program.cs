// SPDX-License-Identifier: MIT
return await AudioMesh.Daemon.DaemonProgram.RunAsync(args);
