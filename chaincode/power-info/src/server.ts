// Runs the power channel's chaincode as an external service.
import { serveMain } from '@wattlock/chaincode-fabric';
import { contracts } from '.';

serveMain(contracts);
