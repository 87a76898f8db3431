// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>A device a backend can open.</summary>
/// <param name="Driver">The backend: <c>jack</c>, <c>alsa</c>, <c>coreaudio</c>, <c>null</c>, <c>wav</c>.</param>
/// <param name="Name">What to pass to <see cref="StreamRequest.Device"/>; stable across restarts.</param>
/// <param name="Description">For people.</param>
/// <param name="MaxOutputChannels">0 when it cannot play, -1 when not known before opening.</param>
/// <param name="MaxInputChannels">0 when it cannot record, -1 when not known before opening.</param>
/// <param name="Rate">Its present rate in frames per second, 0 when not known before opening.</param>
/// <param name="IsDefault">Whether an empty device name means this one.</param>
public sealed record AudioDevice(
    string Driver, string Name, string Description, int MaxOutputChannels, int MaxInputChannels, int Rate, bool IsDefault);
