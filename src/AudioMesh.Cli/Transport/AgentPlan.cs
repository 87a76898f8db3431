// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Transport;

/// <summary>What an agent is to be.</summary>
/// <param name="IsJack">Whether it moves a JACK server's transport, or its own engine's.</param>
/// <param name="Server">The JACK server; the default one where empty.</param>
/// <param name="Clicks">Whether it plays the click.</param>
/// <param name="ClickDb">How loud.</param>
/// <param name="FallsIn">Whether it falls in with what the mesh plays.</param>
/// <param name="Device">The engine's device.</param>
/// <param name="Plain">The plain protocol; null for none.</param>
internal sealed record AgentPlan(bool IsJack, string Server, bool Clicks, double ClickDb, bool FallsIn, DeviceWish Device, PlainOptions? Plain);
