// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests;

/// <summary>What a renderer saw of one block.</summary>
internal readonly record struct BlockRecord(
    int Frames,
    int OutputChannels,
    int InputChannels,
    long DeviceFrame,
    MeshTime PeriodTime,
    MeshTime WakeTime,
    MeshTime OutputTime,
    MeshTime InputTime,
    int Xruns,
    long XrunFrames,
    bool Freewheeling);
