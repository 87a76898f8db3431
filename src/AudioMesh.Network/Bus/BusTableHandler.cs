// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Takes a value that holds from now on. On the bus' thread.</summary>
public delegate void BusTableHandler(BusEntry entry);
