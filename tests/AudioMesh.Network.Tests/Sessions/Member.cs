// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>A member of a session on a simulated host, with devices that play into streams and read from them.</summary>
internal sealed unsafe class Member : IDisposable
{
    public const int Rate = 48000;
    public const int Period = 64;

    public static readonly SessionKey Key = SessionKey.FromSecret([.. Enumerable.Range(1, 32).Select(i => (byte)i)], "test");

    public Member(SimulatedHost host, string name, params PeerAddress[] contacts)
        : this(host, name, Key, contacts)
    {
    }

    public Member(SimulatedHost host, string name, SessionKey key, PeerAddress[] contacts, PeerAddress? group = null)
    {
        // Another one in each run on a host, and the same in each run of a test.
        ulong id = (ulong)((host.Index + 1) << 40) + (ulong)host.Mesh.TrueTime.Nanoseconds + 1;
        Host = host;
        Session = new ToastSession(
            new ToastSessionOptions
            {
                Name = name,
                Identity = new SenderIdentity(key, id),
                Contacts = contacts,
                DiscoveryGroup = group,
                HostClock = () => host.Now,
            },
            host.Port);
        host.Bind(Session);
        host.Every(TimeSpan.FromMilliseconds(10), Session.Maintain);
    }

    public SimulatedHost Host { get; }

    public ToastSession Session { get; }

    public List<float> Heard { get; } = [];

    public IEnumerable<SessionEvent> Events()
    {
        while (Session.TryTakeEvent(out SessionEvent? taken))
        {
            yield return taken;
        }
    }

    /// <summary>Plays <paramref name="sound"/> of the stream's frame into a stream of one channel, until disposed.</summary>
    public IDisposable Play(OutgoingStream stream, Func<long, float> sound)
    {
        float[] block = new float[Period];
        return Host.RunDevice(Period, Rate, first =>
        {
            for (int i = 0; i < Period; i++)
            {
                block[i] = sound(first + i);
            }

            fixed (float* samples = block)
            {
                float* plane = samples;
                stream.Sender.Send(&plane, Period, Session.Timebase.ToMesh(Host.Now), default);
            }
        });
    }

    /// <summary>Reads a stream of one channel into <see cref="Heard"/>.</summary>
    public IDisposable Listen(IncomingStream stream)
    {
        float[] block = new float[Period];
        return Host.RunDevice(Period, Rate, _ =>
        {
            if (stream.Receiver is { } receiver)
            {
                fixed (float* samples = block)
                {
                    float* plane = samples;
                    receiver.Read(&plane, Period, Host.Now);
                }

                receiver.Work();
                Heard.AddRange(block);
            }
        });
    }

    public void Dispose() => Session.Dispose();
}
