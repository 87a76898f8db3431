// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Parameters;

/// <summary>Takes a parameter as it is from now on. On the bus' thread.</summary>
public delegate void ParameterHandler(SharedParameter parameter);
