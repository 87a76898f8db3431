// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>An order and what it is asked under.</summary>
/// <param name="Order">The order.</param>
/// <param name="Rate">The frames per second its frame counts; 0 where it has none.</param>
/// <param name="MeshId">The time scale of its time; 0 where it is this host's own.</param>
/// <param name="MaxBoundNs">How far this host's mesh time may be off.</param>
/// <param name="CountInBeats">Beats clicked before.</param>
internal sealed record PreparedOrder(TransportOrder Order, int Rate, ulong MeshId, double MaxBoundNs, int CountInBeats);
