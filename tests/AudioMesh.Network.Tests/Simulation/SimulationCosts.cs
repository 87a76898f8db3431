// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>What a simulation had to do.</summary>
/// <param name="Events">Timers and deliveries.</param>
/// <param name="Sent">Datagrams sent, once for each host they went to.</param>
/// <param name="Delivered">Datagrams that a handler heard.</param>
/// <param name="Bytes">Bytes of these.</param>
/// <param name="Unrouted">Datagrams to addresses that nobody has, or that no link leads to.</param>
/// <param name="MostWaiting">The most events that waited at once.</param>
internal readonly record struct SimulationCosts(long Events, long Sent, long Delivered, long Bytes, long Unrouted, int MostWaiting);
