// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>How far a take has come.</summary>
/// <param name="Take">Which.</param>
/// <param name="Bytes">What is here, what was here before included.</param>
/// <param name="KeptBytes">What was here before.</param>
public readonly record struct TakeProgress(TakeOffer Take, long Bytes, long KeptBytes);
