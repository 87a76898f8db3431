// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>What a <see cref="MemoryLock"/> came to.</summary>
/// <param name="Scope">What is locked now.</param>
/// <param name="Reason">Why not the process, and which range not, in words for people; empty when the process is locked.</param>
public sealed record MemoryLockResult(MemoryLockScope Scope, string Reason);
