// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>What an order of a director came to at one host.</summary>
/// <param name="Host">Its name.</param>
/// <param name="IsReady">Whether it is prepared.</param>
/// <param name="IsFired">Whether it has said that it will do it.</param>
/// <param name="Refusal">Why it does not.</param>
/// <param name="Outcome">What it measured; null before.</param>
public readonly record struct DirectorHostState(string Host, bool IsReady, bool IsFired, TransportRefusal Refusal, TransportOutcome? Outcome);
