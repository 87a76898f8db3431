// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Answers a request at once. On the bus' thread. An AudioMeshException becomes the asker's, any other one is told as Internal.</summary>
public delegate byte[] BusAnswerer(in BusMessage request);
