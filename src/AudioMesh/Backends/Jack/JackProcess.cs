// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <summary>
/// libjack keeps one set of server memory per process: clients of two servers at once, or of a server and its successor, would
/// read the wrong one. This counts the clients there are and refuses the one too many; hence the process-wide state.
/// </summary>
internal sealed class JackProcess
{
    private readonly Lock _lock = new();
    private string _server = "";
    private int _clients;
    private int _leftBehind;
    private bool _isLost;

    /// <summary>This process.</summary>
    public static JackProcess Shared { get; } = new();

    /// <summary>Counts a client of <paramref name="server"/> in. Throws DeviceBusy or, while a server hangs, Timeout.</summary>
    public void Enter(string server)
    {
        lock (_lock)
        {
            if (_leftBehind > 0)
            {
                throw new AudioMeshException(
                    AudioErrorKind.Timeout, $"jack: cannot open '{server}' while server '{_server}' hangs: libjack still waits for its answer.");
            }

            if (_clients > 0 && (_isLost || _server != server))
            {
                throw new AudioMeshException(
                    AudioErrorKind.DeviceBusy,
                    $"jack: cannot open '{server}' before all streams on {(_isLost ? "the lost " : "")}server '{_server}' are closed: libjack knows one server per process.");
            }

            _server = server;
            _isLost = false;
            _clients++;
        }
    }

    /// <summary>Counts a client out, once libjack has really let it go.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _clients--;
        }
    }

    /// <summary>Says that <paramref name="server"/> is gone.</summary>
    public void MarkLost(string server)
    {
        lock (_lock)
        {
            _isLost |= _clients > 0 && _server == server;
        }
    }

    /// <summary>Says that a thread was left behind in a call.</summary>
    public void LeaveBehind()
    {
        lock (_lock)
        {
            _leftBehind++;
        }
    }

    /// <summary>Says that a thread left behind came back.</summary>
    public void ComeBack()
    {
        lock (_lock)
        {
            _leftBehind--;
        }
    }

    /// <summary>Whether clients of a living <paramref name="server"/> are open here.</summary>
    public bool IsConnectedTo(string server)
    {
        lock (_lock)
        {
            return _clients > 0 && !_isLost && _leftBehind == 0 && _server == server;
        }
    }
}
