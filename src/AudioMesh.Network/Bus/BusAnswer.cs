// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What came of a request.</summary>
/// <param name="From">Who answered; empty where nobody did.</param>
/// <param name="Payload">The answer; empty where there is an error.</param>
/// <param name="Error">Null, or what the answerer threw, Timeout, NotFound (nobody serves this) or InvalidState (the bus was closed).</param>
public readonly record struct BusAnswer(string From, byte[] Payload, AudioMeshException? Error);
