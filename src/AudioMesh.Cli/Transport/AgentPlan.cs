// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Transport;

/// <summary>What an agent is to be.</summary>
/// <param name="IsJack">Whether it moves a JACK server's transport, or its own engine's.</param>
/// <param name="Server">The JACK server; the default one where empty.</param>
/// <param name="Beats">Whether other programs of that server are told bars and beats.</param>
/// <param name="Clicks">Whether it plays the click.</param>
/// <param name="ClickDb">How loud.</param>
/// <param name="Clip">A file that plays with its engine's transport; empty for none.</param>
/// <param name="Agent">How it takes part.</param>
/// <param name="Device">The engine's device.</param>
/// <param name="Plain">The plain protocol; null for none.</param>
internal sealed record AgentPlan(bool IsJack, string Server, BeatSharing Beats, bool Clicks, double ClickDb, string Clip, TransportAgentOptions Agent, DeviceWish Device, PlainOptions? Plain);
