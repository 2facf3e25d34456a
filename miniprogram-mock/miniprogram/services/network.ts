/** Does the work each time the network is back. Returns the way to stop. */
export function onReconnect(work: () => void): () => void {
  const listener: WechatMiniprogram.OnNetworkStatusChangeCallback = ({ isConnected }) => {
    if (isConnected) {
      work();
    }
  };
  wx.onNetworkStatusChange(listener);
  // The same function; only its typing differs.
  return () => wx.offNetworkStatusChange(listener as unknown as WechatMiniprogram.OffNetworkStatusChangeCallback);
}
