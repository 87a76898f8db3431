// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>What a device has to say.</summary>
public enum DeviceEventKind
{
    /// <summary>The device ran dry or over. Value: microseconds, 0 where not known.</summary>
    Xrun,

    /// <summary>The device or server is gone, hangs, or the renderer threw. The backend is in <see cref="BackendState.Lost"/>. Value: an <see cref="AudioErrorKind"/>.</summary>
    Lost,

    /// <summary>Value: the new frames per callback.</summary>
    PeriodChanged,

    /// <summary>Value: the new frames per second. The stream goes on; rates in its graph are now wrong until reopened.</summary>
    RateChanged,

    /// <summary>The latency changed: read <see cref="IAudioOutputBackend.Stream"/> again.</summary>
    LatencyChanged,

    /// <summary>The system's default device is another one now; the stream stays where it is.</summary>
    DefaultDeviceChanged,

    /// <summary>Value: 1 when freewheeling began, 0 when it ended.</summary>
    Freewheel,

    /// <summary>Connections of our ports changed.</summary>
    ConnectionsChanged,

    /// <summary>The frames pushed ran out; said once until they flow again. Value: frames of silence in that block.</summary>
    PushUnderrun,
}
