// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>
/// May be called on a device thread: it does not allocate, lock, call the system, throw, format or wait.
/// Allocation gates and an IL scan in the tests hold whoever carries it to that; <see cref="RealtimeCode"/> compiles it beforehand.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class RealtimeSafeAttribute : Attribute;
