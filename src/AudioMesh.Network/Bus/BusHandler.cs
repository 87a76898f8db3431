// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Takes a message. On the bus' thread; an exception is counted and nothing else.</summary>
public delegate void BusHandler(in BusMessage message);
