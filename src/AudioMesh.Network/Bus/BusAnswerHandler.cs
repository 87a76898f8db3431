// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Takes what came of a request. On the bus' thread.</summary>
public delegate void BusAnswerHandler(in BusAnswer answer);
