// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>What is to be clicked: immutable, for the device thread.</summary>
/// <param name="OrderId">The order that starts it.</param>
/// <param name="At">When the transport starts.</param>
/// <param name="StartSeconds">Where it is then.</param>
/// <param name="CountInBeats">Beats before.</param>
/// <param name="StopId">The order that ends it; 0 for none yet.</param>
/// <param name="StopAt">When; not known while there is none.</param>
/// <param name="Tempo">The tempo.</param>
internal sealed record ClickPlan(ulong OrderId, MeshTime At, double StartSeconds, int CountInBeats, ulong StopId, MeshTime StopAt, TempoMap Tempo);
