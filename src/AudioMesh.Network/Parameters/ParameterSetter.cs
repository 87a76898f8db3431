// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;

namespace AudioMesh.Network.Parameters;

/// <summary>
/// Has something take a parameter's value: at once where <paramref name="at"/> is Unknown, else from that mesh time on, over <paramref name="rampMs"/>. On the bus' thread. What it
/// throws is counted as a fault of the bus.
/// </summary>
public delegate void ParameterSetter(ParameterValue value, MeshTime at, int rampMs);
