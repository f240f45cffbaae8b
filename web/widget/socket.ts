// The Socket.IO client: nearly half of the widget's weight, and needed only once there is a conversation.
export { io } from 'socket.io-client';
