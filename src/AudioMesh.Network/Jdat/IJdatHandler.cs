// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Takes what JDAT lines say, one after the other, on the thread that reads them. Must not throw; it may wait, and its source waits with it.</summary>
public interface IJdatHandler
{
    /// <summary>Samples, interleaved: a whole number of frames, all finite. They are there during the call only.</summary>
    void OnAudio(in JdatAudio audio, ReadOnlySpan<float> samples);

    /// <summary>A command.</summary>
    void OnTransport(in JdatTransport command);

    /// <summary>A clock map.</summary>
    void OnSyncCalibration(JdatSyncCalibration block);

    /// <summary>A line that was refused; the next one goes on.</summary>
    void OnFault(in JdatFault fault);

    /// <summary>Nothing more will come: standard input has ended.</summary>
    void OnEnd();
}
